package shop.order;

public class OrderRepository {
    long save() {
        return 1;
    }
}
