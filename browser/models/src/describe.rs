//! Inputs and outputs as JavaScript sees them: name, axes, range.

use js_sys::{Array, Object, Reflect};
use vitrine_model_runtime::plan::{Dim, Draft, Port};
use wasm_bindgen::JsValue;

/// `{ name, inputs, outputs, length? }`, each input and output as `{ name, shape, range }`.
pub(crate) fn describe(plan: &Draft<'_>) -> JsValue {
    let length = plan.length.as_ref();
    let unit = length.map_or("", |length| length.name.as_str());
    let model = object(&[
        ("name", plan.name.as_str().into()),
        ("inputs", plan.inputs.iter().map(|port| port_of(plan, port, unit)).collect::<Array>().into()),
        ("outputs", plan.outputs.iter().map(|port| port_of(plan, port, unit)).collect::<Array>().into()),
    ]);
    if let Some(length) = length {
        let told =
            [("name", length.name.as_str().into()), ("least", length.least.into()), ("most", length.most.into())];
        set(&model, "length", &object(&told));
    }
    model.into()
}

fn port_of(plan: &Draft<'_>, port: &Port, unit: &str) -> JsValue {
    let dims = plan.value(port.value).map_or(&[][..], |value| value.shape.dims());
    let [lowest, highest] = port.range;
    object(&[
        ("name", port.name.as_str().into()),
        ("shape", dims.iter().map(|dim| axis(*dim, unit)).collect::<Array>().into()),
        ("range", Array::of2(&lowest.into(), &highest.into()).into()),
    ])
    .into()
}

/// A number, or a text such as `T` or `2T+1` for an axis that grows with the length.
fn axis(dim: Dim, unit: &str) -> JsValue {
    match (dim.per_length, dim.fixed) {
        (0, fixed) => fixed.into(),
        (per, fixed) => {
            let per = if per == 1 { String::new() } else { per.to_string() };
            let fixed = if fixed == 0 { String::new() } else { format!("+{fixed}") };
            format!("{per}{unit}{fixed}").into()
        }
    }
}

fn object(entries: &[(&str, JsValue)]) -> Object {
    let object = Object::new();
    for (name, value) in entries {
        set(&object, name, value);
    }
    object
}

fn set(object: &Object, name: &str, value: &JsValue) {
    // Setting a property of an object that was just made cannot fail.
    let _ = Reflect::set(object, &name.into(), value);
}
