//! Plans of the compiler's fixtures, with an input and what tract agreed to. `cargo test -p vitrine-model-compiler
//! --features onnx` keeps them what the compiler makes.
#![allow(dead_code, reason = "each test uses some of it")]

use sha2::{Digest, Sha256};

pub(crate) const CONVNET: &[u8] = include_bytes!("convnet.plan");
pub(crate) const TRANSFORMER: &[u8] = include_bytes!("transformer.plan");
const CONVNET_RUN: &[u8] = include_bytes!("convnet.f32");
const TRANSFORMER_RUN: &[u8] = include_bytes!("transformer.f32");

fn numbers(bytes: &[u8]) -> Vec<f32> {
    bytes.chunks_exact(4).map(|four| f32::from_le_bytes(four.try_into().unwrap())).collect()
}

/// Input, then both outputs, of the convolutional net.
pub(crate) fn convnet_run() -> [Vec<f32>; 3] {
    let all = numbers(CONVNET_RUN);
    let (input, rest) = all.split_at(3 * 36 * 44);
    let (mask, classes) = rest.split_at(5 * 36 * 44);
    [input.to_vec(), mask.to_vec(), classes.to_vec()]
}

/// 24 tokens, then the first output, of the transformer block.
pub(crate) fn transformer_run() -> [Vec<f32>; 2] {
    let all = numbers(TRANSFORMER_RUN);
    let (tokens, outputs) = all.split_at(24);
    let (embedding, _) = outputs.split_at(32);
    [tokens.to_vec(), embedding.to_vec()]
}

/// The file with the size and the hash that its content has.
pub(crate) fn sealed(mut file: Vec<u8>) -> Vec<u8> {
    if file.len() >= 56 {
        let size = file.len() as u64;
        file[16..24].copy_from_slice(&size.to_le_bytes());
        let hash = Sha256::digest(&file[56..]);
        file[24..56].copy_from_slice(&hash);
    }
    file
}
