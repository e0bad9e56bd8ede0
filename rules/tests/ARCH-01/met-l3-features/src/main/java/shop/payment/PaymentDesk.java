package shop.payment;

public class PaymentDesk {
    private final PaymentStore store = new PaymentStore();

    Payment find(long id) {
        return store.read(id);
    }
}
