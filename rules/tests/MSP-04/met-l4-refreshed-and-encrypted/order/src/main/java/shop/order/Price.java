package shop.order;

import org.springframework.cloud.context.config.annotation.RefreshScope;

@RefreshScope // expect: met
public class Price {
}
