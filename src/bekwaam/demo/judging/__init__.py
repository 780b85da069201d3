"""How well the engines find what was planted in the demo firm. Nothing that Bekwaam shows ever reads the truth."""
