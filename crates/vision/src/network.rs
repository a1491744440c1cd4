//! A loaded model whose input is one picture, checked once so that its outputs can be read by name.

use vitrine_model_runtime::Model;

use crate::affine::Affine;
use crate::error::VisionError;
use crate::picture::Picture;
use crate::region::Region;
use crate::sample::{Border, sample};

/// A model that looks at a region of a picture, with `N` outputs in the order in which they were asked for.
#[derive(Debug)]
pub(crate) struct Network<const N: usize> {
    model: Model,
    outputs: [usize; N],
    size: [usize; 2],
    range: [f32; 2],
    border: Border,
}

impl<const N: usize> Network<N> {
    /// Checks that a model takes a picture of `size`, and gives outputs of these names and numbers of elements.
    pub(crate) fn new(
        model: Model,
        size: [usize; 2],
        outputs: [(&str, usize); N],
        border: Border,
    ) -> Result<Self, VisionError> {
        let plan = model.plan();
        let wrong = |what: String| VisionError::Model { model: plan.name.clone(), what };
        let elements = |value| plan.value(value).and_then(|value| value.shape.at(1)?.elements());
        let [width, height] = size;
        let [input] = plan.inputs.as_slice() else {
            return Err(wrong(format!("it has {} inputs instead of one picture", plan.inputs.len())));
        };
        if elements(input.value) != Some(width * height * 3) {
            return Err(wrong(format!("its input `{}` is not a picture of {width} x {height} x 3", input.name)));
        }
        let range = input.range;
        let mut places = [0; N];
        for (place, (name, count)) in places.iter_mut().zip(outputs) {
            let found = plan.outputs.iter().position(|port| port.name == name && elements(port.value) == Some(count));
            *place = found.ok_or_else(|| wrong(format!("it has no output `{name}` of {count} numbers")))?;
        }
        Ok(Self { model, outputs: places, size, range, border })
    }

    /// Shows the model a region, and gives the map from the model's pixels to the picture.
    pub(crate) fn look(&mut self, picture: &Picture<'_>, region: &Region) -> Result<Affine, VisionError> {
        let [width, height] = self.size;
        let places = region.from_pixels(width, height);
        sample(picture, &places, width, self.border, self.range, self.model.input_mut(0)?);
        self.model.run()?;
        Ok(places)
    }

    /// What the model answered.
    pub(crate) fn outputs(&self) -> Result<[&[f32]; N], VisionError> {
        let mut answers: [&[f32]; N] = [&[]; N];
        for (answer, &output) in answers.iter_mut().zip(&self.outputs) {
            *answer = self.model.output(output)?;
        }
        Ok(answers)
    }
}
