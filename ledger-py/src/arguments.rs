//! Arguments of methods: read as the fields of a command are, so that the same wrong value is told in the same words.

use pyo3::prelude::*;
use pyo3::types::PyDict;
use serde::de::DeserializeOwned;

use crate::reading::from_python;

/// An argument that core can read.
pub struct Arg<T>(pub T);

impl<'py, T: DeserializeOwned> FromPyObject<'_, 'py> for Arg<T> {
    type Error = PyErr;

    fn extract(value: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        from_python(&value).map(Self)
    }
}

/// An argument of a dictionary of them.
pub fn take<'py, T: DeserializeOwned>(from: &Bound<'py, PyDict>, name: &str) -> PyResult<Option<T>> {
    let Some(value) = from.get_item(name)? else { return Ok(None) };
    from.del_item(name)?;
    if value.is_none() {
        return Ok(None);
    }
    from_python(&value).map(Some).map_err(|error| {
        let py = from.py();
        if error.is_instance_of::<pyo3::exceptions::PyTypeError>(py) {
            pyo3::exceptions::PyTypeError::new_err(format!("argument '{name}': {}", error.value(py)))
        } else {
            error
        }
    })
}
