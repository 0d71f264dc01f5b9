//! The Python package `donation_ledger`: ledger-core behind PyO3.
//!
//! No rule is here. `ledger` and `writes` hand commands to core and answers back; `reading` makes core's commands
//! of Python's records and `writing` makes Python's records of whatever core answers, both by way of serde, so that no
//! type of core is written a second time in Rust. The records themselves are declared in Python.

#![allow(
    clippy::doc_markdown,
    clippy::doc_link_with_quotes,
    rustdoc::broken_intra_doc_links,
    rustdoc::invalid_html_tags,
    reason = "what is said of classes and methods is read in Python, as help() shows it"
)]
#![allow(
    clippy::needless_pass_by_value,
    clippy::unused_self,
    clippy::too_many_arguments,
    reason = "PyO3 hands arguments over by value, and calls methods on an object"
)]
#![allow(clippy::elidable_lifetime_names, reason = "'py is a name that everybody who knows PyO3 reads")]

mod amount;
mod arguments;
#[cfg(feature = "testkit")]
mod clock;
mod committed;
mod errors;
mod exchange;
mod folders;
#[cfg(feature = "testkit")]
mod for_tests;
mod histories;
mod home;
mod ids;
mod importing;
mod ledger;
mod lists;
mod options;
mod providers;
mod reading;
mod reads;
mod refused;
mod registry;
mod scalar;
mod streams;
mod tables;
mod values;
#[rustfmt::skip]
mod writes;
mod writing;

use std::sync::atomic::{AtomicBool, Ordering};

use pyo3::exceptions::PyImportError;
use pyo3::prelude::*;
use pyo3::types::PySet;

/// A gift is made of many small pieces of memory, for which the C library's allocator takes a quarter of its time
/// (docs/performance.md).
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Whether the module was made in this process. The classes that are declared in Python are known to the process, once:
/// objects of a second set of them, in a sub-interpreter or after the modules were taken away, would be strangers.
static LOADED: AtomicBool = AtomicBool::new(false);

/// The extension module. Its users see `donation_ledger`, which is made of it.
#[pymodule]
fn _ledger(module: &Bound<'_, PyModule>) -> PyResult<()> {
    if LOADED.swap(true, Ordering::Relaxed) {
        return Err(PyImportError::new_err(
            "donation_ledger was loaded in this process before, in another interpreter or until its modules were taken \
             out of sys.modules, and once is all it can be: start another process",
        ));
    }
    ids::add_to(module)?;
    module.add_class::<amount::PyAmount>()?;
    module.add_class::<committed::PyCommitted>()?;
    module.add_class::<ledger::PyLedger>()?;
    module.add_class::<lists::Pages>()?;
    module.add_class::<tables::Table>()?;
    module.add_class::<importing::PyMapping>()?;
    module.add_class::<providers::PyStripe>()?;
    module.add_class::<providers::PySandbox>()?;
    module.add_class::<folders::PyFollower>()?;
    #[cfg(feature = "testkit")]
    {
        module.add_class::<clock::Clock>()?;
        module.add_function(wrap_pyfunction!(for_tests::time_of_donations, module)?)?;
        module.add_function(wrap_pyfunction!(for_tests::let_happen, module)?)?;
    }
    module.add_function(wrap_pyfunction!(folders::backup, module)?)?;
    module.add_function(wrap_pyfunction!(folders::backup_keys, module)?)?;
    module.add_function(wrap_pyfunction!(folders::restore, module)?)?;
    module.add_function(wrap_pyfunction!(folders::drill, module)?)?;
    module.add_function(wrap_pyfunction!(folders::doctor, module)?)?;
    module.add_function(wrap_pyfunction!(folders::repair, module)?)?;
    module.add_function(wrap_pyfunction!(folders::split, module)?)?;
    module.add_function(wrap_pyfunction!(folders::minor_digits, module)?)?;
    module.add_function(wrap_pyfunction!(folders::operate, module)?)?;
    module.add("PAGE_LINES_MAX", ledger_core::PAGE_LINES_MAX)?;
    module.add("STATEMENT_LINES_MAX", ledger_core::STATEMENT_LINES_MAX)?;
    module.add("UNSETTLED_MAX", ledger_core::UNSETTLED_MAX)?;
    module.add("SANDBOX_SIGNATURE", ledger_core::SANDBOX_SIGNATURE)?;
    // The modules of Python that were loaded: they look after each other's second loading here (`_record.once`).
    module.add("declared", PySet::empty(module.py())?)?;
    module.add("__version__", env!("CARGO_PKG_VERSION"))?;
    Ok(())
}
