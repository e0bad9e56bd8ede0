package shop.order;

import org.springframework.transaction.annotation.Transactional;
import shop.stock.StockService;

@Transactional
public class OrderService {
    private final OrderRepository own = new OrderRepository();
    // expect: not-met
    private final StockService stock = new StockService();

    public void run() {
        own.save();
        stock.run();
    }
}
