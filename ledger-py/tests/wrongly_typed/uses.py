"""What type checkers must refuse, line by line."""

from donation_ledger import Amount, CauseDetails, CauseId, Designation, DonorId, Ledger, Method, RefundScope, Visibility

water, ada = CauseId("cau_01JA0000000000000000000000"), DonorId("don_01JA0000000000000000000000")
ledger = Ledger.in_memory()

Amount(1.5, "EUR")  # wrong
Amount("1.50")  # wrong
Designation(ada, Amount("1.50", "EUR"))  # wrong
Designation(water, "1.50")  # wrong
CauseDetails(nam="Wells")  # wrong
ledger.cause(ada)  # wrong
ledger.cause("water")  # wrong
ledger.open_cause(currency=978, details=CauseDetails(name="Wells"))  # wrong
ledger.refund(key="k", donation=water, scope=RefundScope.Everything())  # wrong
ledger.donate(key="k", donor=ada)  # wrong
ledger.donate(key="k", donor=ada, designations=[], method="cash")  # wrong
ledger.donate(key="k", donor=ada, designations=[], method=Method.Offline(bank="b"), visibility=True)  # wrong
ledger.cause(water).totals  # wrong
Designation(water, Amount("1.50", "EUR")).amount = Amount("2.00", "EUR")  # wrong
print(Visibility.HIDDEN)  # wrong
