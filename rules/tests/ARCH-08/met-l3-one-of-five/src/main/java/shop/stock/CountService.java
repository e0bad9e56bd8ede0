package shop.stock;

import org.springframework.transaction.annotation.Transactional;

@Transactional
public class CountService {
    private final StockRepository own = new StockRepository();

    public void run() {
        own.save();
    }
}
