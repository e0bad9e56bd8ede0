package shop.order;

public class OrderDesk {
    private final OrderStore store = new OrderStore();

    Order find(long id) {
        return store.read(id);
    }
}
