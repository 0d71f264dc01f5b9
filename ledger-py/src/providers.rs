//! Payment providers, whose webhooks a ledger takes in.

use ledger_core::{
    Amount, Ingested, Ledger, PaymentId, PaymentProvider, RefundId, Sandbox, SandboxCard, SandboxWebhook,
    Stripe, StripeMode, Timestamp, Webhook,
};
use pyo3::exceptions::{PyRuntimeError, PyTypeError};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyTuple};

use crate::arguments::Arg;
use crate::committed::PyCommitted;
use crate::errors::raise;
use crate::registry::registry;
use crate::writing::to_python;

/// Reads the webhooks of a Stripe account.
///
/// Args:
///     processor: The account at the processor, by the name that commands give it: 1 to 40 of a-z, 0-9 and hyphens.
///     bank: Where its payouts arrive.
///     secrets: The secret of the endpoint (`whsec_...`); two while it is being changed.
///     mode: Live or test: events of the other one are refused.
#[pyclass(name = "Stripe", module = "donation_ledger", frozen)]
pub struct PyStripe(Stripe);

#[pymethods]
impl PyStripe {
    #[new]
    #[pyo3(signature = (*, processor, bank, secrets, mode))]
    fn new(processor: &str, bank: &str, secrets: Arg<Vec<String>>, mode: Arg<StripeMode>) -> PyResult<Self> {
        let mut secrets = secrets.0.into_iter();
        let first = secrets.next().ok_or_else(|| {
            pyo3::exceptions::PyValueError::new_err("no secret: pass the one of the endpoint, ['whsec_...']")
        })?;
        let stripe = Stripe::new(processor, bank, first, mode.0);
        Ok(Self(secrets.fold(stripe, Stripe::also_signed_with)))
    }

    /// The account at the processor.
    #[getter]
    fn processor(&self) -> &str {
        self.0.processor()
    }

    fn __repr__(&self) -> String {
        format!("Stripe(processor={:?})", self.0.processor())
    }
}

/// A provider for development: it answers as cards and amounts say, and needs no network.
///
/// Example:
///     >>> from donation_ledger import Sandbox
///     >>> Sandbox("sandbox").processor
///     'sandbox'
#[pyclass(name = "Sandbox", module = "donation_ledger", frozen)]
pub struct PySandbox(Sandbox);

#[pymethods]
impl PySandbox {
    #[new]
    fn new(processor: &str) -> Self {
        Self(Sandbox::new(processor))
    }

    /// The account at the processor.
    #[getter]
    fn processor(&self) -> &str {
        self.0.processor()
    }

    /// The webhooks of a payment: one after another, as the provider would send them.
    #[pyo3(signature = (payment, amount, *, card = None, at))]
    fn pay<'py>(
        &self,
        py: Python<'py>,
        payment: Arg<PaymentId>,
        amount: Arg<Amount>,
        card: Option<Arg<SandboxCard>>,
        at: Arg<Timestamp>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let card = card.map_or_else(|| SandboxCard::of_amount(amount.0), |card| card.0);
        sent(py, self.0.pay(payment.0, amount.0, card, at.0))
    }

    /// The webhooks of a refund, the `number`th of its payment; of ours, or made at the provider.
    #[pyo3(signature = (payment, amount, *, refund = None, number = 1, at))]
    fn refund<'py>(
        &self,
        py: Python<'py>,
        payment: Arg<PaymentId>,
        amount: Arg<Amount>,
        refund: Option<Arg<RefundId>>,
        number: u32,
        at: Arg<Timestamp>,
    ) -> PyResult<Bound<'py, PyAny>> {
        sent(py, self.0.refund(payment.0, refund.map(|id| id.0), amount.0, number, at.0))
    }

    /// The webhook of a payout to a bank account, the `number`th.
    #[pyo3(signature = (bank, amount, *, number = 1, at))]
    fn settle<'py>(
        &self,
        py: Python<'py>,
        bank: &str,
        amount: Arg<Amount>,
        number: u32,
        at: Arg<Timestamp>,
    ) -> PyResult<Bound<'py, PyAny>> {
        sent(py, vec![self.0.settle(bank, amount.0, number, at.0)])
    }

    fn __repr__(&self) -> String {
        format!("Sandbox({:?})", self.0.processor())
    }
}

/// Webhooks as they would be sent: their headers and their bodies.
fn sent(py: Python<'_>, webhooks: Vec<SandboxWebhook>) -> PyResult<Bound<'_, PyAny>> {
    let class = registry(py)?.of_struct("SandboxWebhook");
    let class = class.ok_or_else(|| PyRuntimeError::new_err("SandboxWebhook is not declared"))?;
    let made = webhooks.into_iter().map(|webhook| {
        let signature = webhook.signature.into_pyobject(py)?.into_any();
        class.make(py, vec![signature, PyBytes::new(py, &webhook.body).into_any()])
    });
    Ok(PyTuple::new(py, made.collect::<PyResult<Vec<_>>>()?)?.into_any())
}

/// Takes a webhook in.
pub fn ingest<'py>(
    py: Python<'py>,
    ledger: &Ledger,
    provider: &Bound<'py, PyAny>,
    headers: Vec<(String, String)>,
    body: &[u8],
) -> PyResult<Bound<'py, PyAny>> {
    let provider: &(dyn PaymentProvider + Sync) = if let Ok(stripe) = provider.cast::<PyStripe>() {
        &stripe.get().0
    } else if let Ok(sandbox) = provider.cast::<PySandbox>() {
        &sandbox.get().0
    } else {
        return Err(PyTypeError::new_err(
            "provider is neither a Stripe nor a Sandbox: read what another one says yourself, and pass it to ingest_facts",
        ));
    };
    let ingested = py.detach(|| {
        let headers: Vec<(&str, &str)> =
            headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        ledger.ingest_webhook(provider, &Webhook { headers: &headers, body })
    });
    let ingested = ingested.map_err(|error| raise(py, error))?;
    match ingested {
        Ingested::Applied { committed } => {
            let class = registry(py)?.of_variant("Ingested", "applied");
            let class = class.ok_or_else(|| PyRuntimeError::new_err("Ingested.Applied is not declared"))?;
            class.make(py, vec![Bound::new(py, PyCommitted(committed))?.into_any()])
        }
        Ingested::Duplicate { .. }
        | Ingested::Parked { .. }
        | Ingested::Ignored
        | Ingested::Rejected { .. }
        | _ => to_python(py, &ingested),
    }
}
