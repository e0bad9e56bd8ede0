package shop.order;

import com.alibaba.csp.sentinel.slots.system.SystemRuleManager; // expect: met

public class Load {
    Object rules = new SystemRuleManager();
}
