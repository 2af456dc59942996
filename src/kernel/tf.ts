/**
 * The one place the kernel gets TensorFlow.js from: tfjs-core with its chained operations and gradients registered.
 *
 * No build of tfjs-core registers them by itself. `@tensorflow/tfjs` does, and Node loads it from here; in a bundle
 * `provideCore()` of src/build/shared-core.ts gives core's own registration files in its place, so that layers,
 * converters and the WebGL backend stay out.
 */
import '@tensorflow/tfjs';

export * from '@tensorflow/tfjs-core';
