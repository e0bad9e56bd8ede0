package shop.order;

import shop.catalog.Catalog;
import shop.catalog.CatalogStore;

public class OrderDesk {
    private final OrderStore store = new OrderStore();

    Order find(long id) {
        return store.read(id);
    }

    Catalog other(long id) {
        return new CatalogStore().read(id);
    }
}
