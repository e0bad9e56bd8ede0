package shop.order;

import org.springframework.transaction.annotation.Transactional;

@Transactional
public class OrderServiceTest {
}
