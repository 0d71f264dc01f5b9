//! Files of Python as streams of Rust, with signals heard in between.

use std::fs::File;
use std::io::{BufWriter, Error, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use ledger_core::LedgerError;
use parking_lot::Mutex;
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyString};

use crate::errors::raise;

/// Bytes between two looks at whether somebody pressed Ctrl-C.
const BETWEEN: u64 = 1 << 20;

/// A file that is open in Python, or a path.
pub enum Stream {
    Path(PathBuf),
    Object(Py<PyAny>),
}

impl<'py> FromPyObject<'_, 'py> for Stream {
    type Error = PyErr;

    fn extract(value: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        let is_path = value.is_instance_of::<PyString>() || value.hasattr("__fspath__")?;
        if is_path { value.extract().map(Self::Path) } else { Ok(Self::Object(value.to_owned().unbind())) }
    }
}

impl Stream {
    /// The stream to read, and where what Python raises meanwhile is kept.
    pub fn reader(self, py: Python<'_>) -> PyResult<(Box<dyn Read + Send>, Raised)> {
        let raised = Raised::default();
        match self {
            // A pipe waits for its other end, which another thread of Python may open.
            Self::Path(path) => {
                let file = py.detach(|| File::open(&path)).map_err(|error| of_path(&error, &path))?;
                Ok((Box::new(file), raised))
            }
            Self::Object(object) => {
                has(&object, "read", "read from")?;
                Ok((Box::new(PythonFile { object, raised: raised.clone() }), raised))
            }
        }
    }
}

/// What a file of Python raised: the error of Rust that it becomes on its way could not be raised again.
#[derive(Clone, Default)]
pub struct Raised(Arc<Mutex<Option<PyErr>>>);

impl Raised {
    /// What was raised first.
    pub fn take(&self) -> Option<PyErr> {
        self.0.lock().take()
    }

    fn keep(&self, raised: PyErr) -> Error {
        self.0.lock().get_or_insert(raised);
        Error::other("the file object failed")
    }
}

fn has(object: &Py<PyAny>, method: &str, what: &str) -> PyResult<()> {
    Python::attach(|py| {
        let object = object.bind(py);
        if object.hasattr(method)? {
            return Ok(());
        }
        let class = object.get_type().name()?;
        Err(PyTypeError::new_err(format!("{class} is neither a path nor a file that can be {what}")))
    })
}

fn of_path(error: &Error, path: &Path) -> PyErr {
    Error::new(error.kind(), format!("{}: {error}", path.display())).into()
}

/// A file object, read and written in bytes.
struct PythonFile {
    object: Py<PyAny>,
    raised: Raised,
}

impl Read for PythonFile {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let read = Python::attach(|py| {
            let read = self.object.bind(py).call_method1("read", (into.len(),))?;
            let bytes = read.cast::<PyBytes>().map_err(|_| {
                PyTypeError::new_err("the file gives no bytes: open it in binary mode, open(path, 'rb')")
            })?;
            let bytes = bytes.as_bytes();
            let room = into
                .get_mut(..bytes.len())
                .ok_or_else(|| PyValueError::new_err("the file gave more bytes than it was asked for"))?;
            room.copy_from_slice(bytes);
            Ok(bytes.len())
        });
        read.map_err(|raised: PyErr| self.raised.keep(raised))
    }
}

impl Write for PythonFile {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let written = Python::attach(|py| {
            let data = PyBytes::new(py, bytes);
            let taken = self.object.bind(py).call_method1("write", (data,)).map_err(|raised| {
                let takes_text = raised.is_instance_of::<PyTypeError>(py);
                let advice = "the file takes text: open it in binary mode, open(path, 'wb')";
                if takes_text { PyTypeError::new_err(advice) } else { raised }
            })?;
            // A raw file may take less than it was given; one that does not say how much is taken by nobody's word.
            taken.extract::<usize>().ok().filter(|count| (1..=bytes.len()).contains(count)).ok_or_else(|| {
                PyValueError::new_err(
                    "write() of the file does not say how many bytes it took: wrap it in io.BufferedWriter",
                )
            })
        });
        written.map_err(|raised| self.raised.keep(raised))
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Where an export goes, which hears Ctrl-C and tells how far it has come.
pub struct Out {
    inner: Inner,
    progress: Option<Py<PyAny>>,
    written: u64,
    told: u64,
    /// What Python raised meanwhile; the export ends with it.
    raised: Raised,
}

enum Inner {
    /// Made when the first byte comes, so that an export that is refused leaves what was there.
    Path(PathBuf),
    File(BufWriter<File>),
    Object(BufWriter<PythonFile>),
}

impl Out {
    pub fn to(stream: Stream, progress: Option<Py<PyAny>>) -> PyResult<Self> {
        let raised = Raised::default();
        let inner = match stream {
            Stream::Path(path) => Inner::Path(path),
            Stream::Object(object) => {
                has(&object, "write", "written to")?;
                Inner::Object(BufWriter::with_capacity(
                    1 << 16,
                    PythonFile { object, raised: raised.clone() },
                ))
            }
        };
        Ok(Self { inner, progress, written: 0, told: 0, raised })
    }

    /// Writes the rest of what came out well. What Python raised comes before what core made of it.
    pub fn finish(mut self, py: Python<'_>, ended: Result<u64, LedgerError>) -> PyResult<u64> {
        let flushed = if ended.is_ok() { py.detach(|| self.flush()) } else { Ok(()) };
        if let Some(raised) = self.raised.take() {
            // What is left in the buffer goes nowhere.
            if let Inner::Object(out) = self.inner {
                let _ = out.into_parts();
            }
            return Err(raised);
        }
        let answer = ended.map_err(|error| raise(py, error))?;
        flushed?;
        Ok(answer)
    }

    fn look_up(&mut self) -> std::io::Result<()> {
        self.told = self.written;
        let heard = Python::attach(|py| {
            py.check_signals()?;
            self.progress.as_ref().map(|progress| progress.call1(py, (self.written,))).transpose().map(drop)
        });
        heard.map_err(|raised| self.raised.keep(raised))
    }

    fn open(&mut self) -> std::io::Result<()> {
        if let Inner::Path(path) = &self.inner {
            let file = File::create(path).map_err(|error| {
                let told: PyErr = of_path(&error, path);
                self.raised.keep(told)
            })?;
            self.inner = Inner::File(BufWriter::new(file));
        }
        Ok(())
    }
}

impl Write for Out {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.open()?;
        let count = match &mut self.inner {
            Inner::File(file) => file.write(bytes)?,
            Inner::Object(object) => object.write(bytes)?,
            Inner::Path(_) => 0,
        };
        self.written = self.written.saturating_add(u64::try_from(count).unwrap_or(0));
        if self.written.saturating_sub(self.told) >= BETWEEN {
            self.look_up()?;
        }
        Ok(count)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.open()?;
        match &mut self.inner {
            Inner::File(file) => file.flush(),
            Inner::Object(object) => object.flush(),
            Inner::Path(_) => Ok(()),
        }
    }
}
