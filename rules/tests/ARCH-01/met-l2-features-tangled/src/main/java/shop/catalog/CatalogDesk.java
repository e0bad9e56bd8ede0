package shop.catalog;

import shop.payment.Payment;
import shop.payment.PaymentStore;

public class CatalogDesk {
    private final CatalogStore store = new CatalogStore();

    Catalog find(long id) {
        return store.read(id);
    }

    Payment other(long id) {
        return new PaymentStore().read(id);
    }
}
