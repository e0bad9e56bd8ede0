package shop.order;

public class OrderService {
    private final OrderRepository own = new OrderRepository();

    public void run() {
        own.save();
    }
}
