package shop.order;

import javax.sql.DataSource;
import org.springframework.transaction.annotation.Transactional;

public class OrderService {
    private DataSource source;

    @Transactional  // expect: met
    public void run() {
    }
}
