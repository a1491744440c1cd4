//! `Network`: one model in the module's memory.

use js_sys::{Array, Function, Uint8Array};
use vitrine_model_runtime::{Arena, Model, Plan, Program};
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use crate::describe::describe;
use crate::failure::{failure, refused, stopped};
use crate::fit::length_for;

/// Bytes from the beginning of a plan that are enough to find the size of its arena.
const START: u32 = 1024;

/// A model, ready to run.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Network {
    model: Model,
}

#[wasm_bindgen]
impl Network {
    /// Checks every part of a plan and loads it. `hashed`: its hash was compared already, which browsers do faster.
    /// Throws a `VitrineError` that says what is wrong with the plan.
    pub fn open(file: &Uint8Array, hashed: bool) -> Result<Self, JsValue> {
        let mut arena = Arena::default();
        let plan = arena.hold(file.length() as usize, &file.subarray(0, START).to_vec()).map_err(stopped)?;
        file.copy_to(plan);
        let plan = if hashed { Plan::open_hashed(plan) } else { Plan::open(plan) }.map_err(refused)?;
        let program = Program::load(&plan).map_err(stopped)?;
        Ok(Self { model: Model::new(program, arena).map_err(stopped)? })
    }

    /// What the model is called, takes and gives.
    #[wasm_bindgen(unchecked_return_type = "NetworkAbout")]
    pub fn about(&self) -> JsValue {
        describe(self.model.plan())
    }

    /// Makes room for inputs of these numbers of elements, which lets a model for texts run at the text's length.
    pub fn fit(&mut self, elements: &[u32]) -> Result<(), JsValue> {
        let length = length_for(self.model.plan(), elements).map_err(|wrong| failure("request", &wrong))?;
        self.model.set_length(length).map_err(stopped)
    }

    /// Where an input lies in memory: address and number of elements. To be written after `fit` and before each run.
    #[wasm_bindgen(unchecked_return_type = "[address: number, elements: number]")]
    pub fn input(&mut self, index: usize) -> Result<JsValue, JsValue> {
        self.model.input_mut(index).map(|numbers| place(numbers)).map_err(stopped)
    }

    /// Runs the model.
    pub fn run(&mut self) -> Result<(), JsValue> {
        self.model.run().map_err(stopped)
    }

    /// Runs the model and calls `seen` after each step with the step's number, the name of the source model's node, and
    /// the address and number of elements of what it computed, which hold until it returns. For comparisons.
    pub fn trace(
        &mut self,
        #[wasm_bindgen(
            unchecked_param_type = "(step: number, name: string, address: number, elements: number) => void"
        )]
        seen: &Function,
    ) -> Result<(), JsValue> {
        let mut thrown = None;
        let traced = self.model.trace(|step| {
            let place = (step.output.as_ptr() as usize, step.output.len());
            let words = Array::of4(&step.step.into(), &step.name.into(), &place.0.into(), &place.1.into());
            if let Err(error) = seen.apply(&JsValue::NULL, &words) {
                thrown.get_or_insert(error);
            }
        });
        traced.map_err(stopped)?;
        thrown.map_or(Ok(()), Err)
    }

    /// Where an output lies in memory, to be read before the next run.
    #[wasm_bindgen(unchecked_return_type = "[address: number, elements: number]")]
    pub fn output(&self, index: usize) -> Result<JsValue, JsValue> {
        self.model.output(index).map(place).map_err(stopped)
    }

    /// Bytes that the values between the model's layers take.
    #[wasm_bindgen(getter, js_name = arenaBytes)]
    pub fn arena_bytes(&self) -> usize {
        self.model.arena_bytes()
    }
}

fn place(numbers: &[f32]) -> JsValue {
    Array::of2(&(numbers.as_ptr() as usize).into(), &numbers.len().into()).into()
}

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &'static str = include_str!("types.ts");
