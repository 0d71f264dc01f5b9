//! The classes that are declared in Python, by the names under which core writes and reads their values.

use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDict, PyString, PyTuple, PyType};
use rustc_hash::FxHashMap;

/// A class of records.
pub struct Class {
    pub python: Py<PyType>,
    /// Its fields, in their order: as core names them, and as Python does.
    pub fields: Vec<(String, Py<PyString>)>,
    /// Whether it is made with keywords only.
    pub keywords: bool,
}

/// Everything that is declared.
pub struct Registry {
    structs: FxHashMap<String, Class>,
    variants: FxHashMap<String, FxHashMap<String, Class>>,
    choices: FxHashMap<String, FxHashMap<String, Py<PyAny>>>,
    /// Of which variant a class is, by its address: classes are never freed here.
    by_class: FxHashMap<usize, (String, String)>,
}

static REGISTRY: PyOnceLock<Registry> = PyOnceLock::new();

/// The classes; read from Python when they are first needed.
pub fn registry(py: Python<'_>) -> PyResult<&Registry> {
    REGISTRY.get_or_try_init(py, || Registry::read(py))
}

impl Registry {
    /// The class of a struct.
    pub fn of_struct(&self, name: &str) -> Option<&Class> {
        self.structs.get(name)
    }

    /// The class of a variant that is more than a word.
    pub fn of_variant(&self, name: &str, variant: &str) -> Option<&Class> {
        self.variants.get(name)?.get(variant)
    }

    /// The member of an enumeration of words.
    pub fn choice(&self, name: &str, variant: &str) -> Option<&Py<PyAny>> {
        self.choices.get(name)?.get(variant)
    }

    /// The members of an enumeration of words.
    pub fn choices(&self, name: &str) -> Option<&FxHashMap<String, Py<PyAny>>> {
        self.choices.get(name)
    }

    /// The variant that a class is, and of which enumeration.
    pub fn variant_of(&self, class: &Bound<'_, PyType>) -> Option<&(String, String)> {
        self.by_class.get(&class.as_ptr().addr())
    }

    fn read(py: Python<'_>) -> PyResult<Self> {
        let mut read = Self {
            structs: FxHashMap::default(),
            variants: FxHashMap::default(),
            choices: FxHashMap::default(),
            by_class: FxHashMap::default(),
        };
        for module in ["donation_ledger.records", "donation_ledger.events", "donation_ledger.commands"] {
            py.import(module)?;
        }
        let declared = py.import("donation_ledger._record")?.getattr("registry")?;
        for (name, class) in declared.cast_into::<PyDict>()? {
            let class = class.cast_into::<PyType>()?;
            let address = class.as_ptr().addr();
            let class = Class::of(class)?;
            if let Ok(name) = name.extract::<String>() {
                read.structs.insert(name, class);
            } else {
                let (of, variant): (String, String) = name.extract()?;
                read.by_class.insert(address, (of.clone(), variant.clone()));
                read.variants.entry(of).or_default().insert(variant, class);
            }
        }
        let choices = py.import("donation_ledger.choices")?;
        let base = py.import("enum")?.getattr("Enum")?;
        for (name, class) in choices.dict() {
            let Ok(class) = class.cast_into::<PyType>() else { continue };
            if !class.is_subclass(&base)? || class.is(&base) {
                continue;
            }
            let mut members = FxHashMap::default();
            for member in class.try_iter()? {
                let member = member?;
                members.insert(member.getattr("value")?.extract()?, member.unbind());
            }
            read.choices.insert(name.extract()?, members);
        }
        Ok(read)
    }
}

impl Class {
    fn of(class: Bound<'_, PyType>) -> PyResult<Self> {
        let fields = class.getattr("__struct_fields__")?.cast_into::<PyTuple>()?;
        let named = |name: Bound<'_, PyAny>| {
            let name = name.cast_into::<PyString>()?;
            // A name that is a word of Python's own has an underscore more.
            Ok((name.to_str()?.trim_end_matches('_').to_owned(), name.unbind()))
        };
        let fields: Vec<_> = fields.iter().map(named).collect::<PyResult<_>>()?;
        let keywords = class.getattr("__struct_config__")?.getattr("kw_only");
        let positional = class.getattr("__match_args__")?.len()?;
        let keywords =
            keywords.is_ok_and(|flag| flag.is_truthy().unwrap_or(false)) || positional < fields.len();
        Ok(Self { python: class.unbind(), fields, keywords })
    }

    /// A record with these values, in the order of the fields.
    pub fn make<'py>(&self, py: Python<'py>, values: Vec<Bound<'py, PyAny>>) -> PyResult<Bound<'py, PyAny>> {
        let class = self.python.bind(py);
        if !self.keywords {
            return class.call1(PyTuple::new(py, values)?);
        }
        let named = PyDict::new(py);
        for ((_, name), value) in self.fields.iter().zip(values) {
            named.set_item(name, value)?;
        }
        class.call((), Some(&named))
    }
}
