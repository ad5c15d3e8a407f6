"""How charts look: theme, drawing, and forms that several charts share."""
