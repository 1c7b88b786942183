"""How lot size affects small providers: the market, simulated under the real scheme and the real engine."""
