package shop.payment;

import shop.order.Order;
import shop.order.OrderStore;

public class PaymentDesk {
    private final PaymentStore store = new PaymentStore();

    Payment find(long id) {
        return store.read(id);
    }

    Order other(long id) {
        return new OrderStore().read(id);
    }
}
