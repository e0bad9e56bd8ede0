package shop.order;

public class OrderStore {
    Order read(long id) {
        return new Order();
    }
}
