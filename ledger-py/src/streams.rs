//! Files of Python as streams of Rust, with signals heard in between.

use std::fs::File;
use std::io::{BufWriter, Error, Read, Write};
use std::path::PathBuf;

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyString};

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
    pub fn reader(self) -> PyResult<Box<dyn Read + Send>> {
        match self {
            Self::Path(path) => Ok(Box::new(File::open(&path).map_err(|error| of_path(&error, &path))?)),
            Self::Object(object) => {
                has(&object, "read", "read from")?;
                Ok(Box::new(PythonFile { object, failed: None }))
            }
        }
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

fn of_path(error: &Error, path: &std::path::Path) -> PyErr {
    Error::new(error.kind(), format!("{}: {error}", path.display())).into()
}

/// A file object, read and written in bytes.
struct PythonFile {
    object: Py<PyAny>,
    failed: Option<PyErr>,
}

impl Read for PythonFile {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        Python::attach(|py| {
            let read = self.object.bind(py).call_method1("read", (into.len(),))?;
            let bytes = read.cast::<PyBytes>().map_err(|_| {
                PyTypeError::new_err("the file gives text: open it in binary mode, open(path, 'rb')")
            })?;
            let bytes = bytes.as_bytes();
            let room = into.get_mut(..bytes.len()).ok_or_else(|| {
                pyo3::exceptions::PyValueError::new_err("the file gave more bytes than it was asked for")
            })?;
            room.copy_from_slice(bytes);
            Ok(bytes.len())
        })
        .map_err(|error: PyErr| Error::other(error))
    }
}

impl Write for PythonFile {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let written = Python::attach(|py| {
            self.object.bind(py).call_method1("write", (PyBytes::new(py, bytes),)).map(drop)
        });
        written.map(|()| bytes.len()).map_err(|error| {
            let takes_text = Python::attach(|py| error.is_instance_of::<PyTypeError>(py));
            let advice =
                || PyTypeError::new_err("the file takes text: open it in binary mode, open(path, 'wb')");
            self.failed = Some(if takes_text { advice() } else { error });
            Error::other("the file object failed")
        })
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
    raised: Option<PyErr>,
}

enum Inner {
    File(BufWriter<File>),
    Object(BufWriter<PythonFile>),
}

impl Out {
    pub fn to(stream: Stream, progress: Option<Py<PyAny>>) -> PyResult<Self> {
        let inner = match stream {
            Stream::Path(path) => {
                Inner::File(BufWriter::new(File::create(&path).map_err(|error| of_path(&error, &path))?))
            }
            Stream::Object(object) => {
                has(&object, "write", "written to")?;
                Inner::Object(BufWriter::with_capacity(1 << 16, PythonFile { object, failed: None }))
            }
        };
        Ok(Self { inner, progress, written: 0, told: 0, raised: None })
    }

    /// What Python raised, if it did; otherwise writes the rest.
    pub fn finish(mut self) -> PyResult<()> {
        let flushed = self.flush();
        if let Some(raised) = self.raised {
            return Err(raised);
        }
        if let Inner::Object(out) = &mut self.inner
            && let Some(failed) = out.get_mut().failed.take()
        {
            return Err(failed);
        }
        Ok(flushed?)
    }

    fn look_up(&mut self) -> std::io::Result<()> {
        self.told = self.written;
        let heard = Python::attach(|py| {
            py.check_signals()?;
            self.progress.as_ref().map(|progress| progress.call1(py, (self.written,))).transpose().map(drop)
        });
        heard.map_err(|raised| {
            self.raised = Some(raised);
            Error::other("stopped from Python")
        })
    }
}

impl Write for Out {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let count = match &mut self.inner {
            Inner::File(file) => file.write(bytes)?,
            Inner::Object(object) => object.write(bytes)?,
        };
        self.written = self.written.saturating_add(u64::try_from(count).unwrap_or(0));
        if self.written.saturating_sub(self.told) >= BETWEEN {
            self.look_up()?;
        }
        Ok(count)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        match &mut self.inner {
            Inner::File(file) => file.flush(),
            Inner::Object(object) => object.flush(),
        }
    }
}
