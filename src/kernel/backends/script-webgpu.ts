/** The WebGPU backend as a script of its own: registers with the core that the kernel brought. */
import '@tensorflow/tfjs-backend-webgpu';
