package shop.price;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

public class Prices {
    static final Logger LOG = LoggerFactory.getLogger(Prices.class);
    static final int LIMIT = 3;
    static final List<String> COINS = List.of("CNY", "EUR");
    // HttpSession and static int counter: only words
}
