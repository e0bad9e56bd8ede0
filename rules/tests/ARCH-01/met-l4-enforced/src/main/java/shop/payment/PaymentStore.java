package shop.payment;

public class PaymentStore {
    Payment read(long id) {
        return new Payment();
    }
}
