package shop.stock;

public class StockRepository {
    long save() {
        return 1;
    }
}
