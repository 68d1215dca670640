"""How good Sanad is: metrics, question sets, and what is measured with them."""
