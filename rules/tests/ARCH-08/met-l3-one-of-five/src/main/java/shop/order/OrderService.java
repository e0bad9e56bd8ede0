package shop.order;

import org.springframework.transaction.annotation.Transactional;
import shop.stock.StockRepository;

@Transactional
public class OrderService {
    private final OrderRepository own = new OrderRepository();
    // expect: not-met
    private final StockRepository stock = new StockRepository();

    public void run() {
        own.save();
        stock.save();
    }
}
