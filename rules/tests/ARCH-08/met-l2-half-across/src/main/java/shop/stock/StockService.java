package shop.stock;

import org.springframework.transaction.annotation.Transactional;

@Transactional
public class StockService {
    private final StockRepository own = new StockRepository();

    public void run() {
        own.save();
    }
}
