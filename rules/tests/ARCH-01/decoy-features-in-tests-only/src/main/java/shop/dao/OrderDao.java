package shop.dao;

public class OrderDao {
    long count() {
        return 0;
    }
}
