import * as tf from '@tensorflow/tfjs-core';
import { readStored, type Stored, writeStored } from './safetensors-bytes.ts';

const toTensor = ({ data, shape }: Stored): tf.Tensor =>
  data instanceof Float32Array
    ? tf.tensor(data, shape, 'float32')
    : tf.tensor(Int32Array.from(data), shape, 'int32');

async function toStored(tensor: tf.Tensor): Promise<Stored> {
  const data = await tensor.data();
  if (tensor.dtype === 'bool') return { shape: tensor.shape, data: Uint8Array.from(data as Uint8Array) };
  return { shape: tensor.shape, data: data as Float32Array | Int32Array };
}

/** The tensors of a safetensors file by name: F32 as float32; I32, U16, U8 and I8 as int32. The caller owns them. */
export function readSafetensors(bytes: ArrayBuffer | Uint8Array): Record<string, tf.Tensor> {
  const { tensors } = readStored(bytes);
  return Object.fromEntries(Object.entries(tensors).map(([name, stored]) => [name, toTensor(stored)]));
}

/** A safetensors file of the tensors: float32 as F32, int32 as I32, bool as U8. */
export async function writeSafetensors(record: Record<string, tf.Tensor>): Promise<ArrayBuffer> {
  const stored: Record<string, Stored> = {};
  for (const [name, tensor] of Object.entries(record)) stored[name] = await toStored(tensor);
  return writeStored(stored).buffer;
}
