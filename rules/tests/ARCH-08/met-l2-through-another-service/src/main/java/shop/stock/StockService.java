package shop.stock;

public class StockService {
    private final StockRepository own = new StockRepository();

    public void run() {
        own.save();
    }
}
