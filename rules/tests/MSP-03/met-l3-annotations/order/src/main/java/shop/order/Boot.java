package shop.order;

import org.springframework.cloud.client.discovery.EnableDiscoveryClient;

@EnableDiscoveryClient // expect: met
public class Boot {
}
