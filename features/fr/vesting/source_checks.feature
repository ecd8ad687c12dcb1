# language: fr
Fonctionnalité: Les requêtes du runbook
  Un exploitant contrôle un passage avec les requêtes du runbook, mot pour mot. Elles doivent trouver ce qu'il a
  indiqué.

  @VR-5 @database.postgres
  Règle: Les requêtes du runbook trouvent ce qui a été libéré, par jour et par passage

    Scénario: un passage le jour de l'échéance
      Étant donné que nous sommes le "2025-01-27T00:05:00Z"
      Et que Grace a un compte d'administrateur
      Et que le coffre a ces lots
        | titulaire | coffre | montant  | libéré  | devise | échéance   | statut |
        | Ada       | AVENIR | 10000.00 | 0.00    | AED    | 2025-01-27 | VESTED |
        | Ada       | AVENIR | 20000.00 | 5000.00 | AED    | 2025-01-26 | VESTED |
        | Ada       | AVENIR | 40000.00 | 0.00    | AED    | 2025-01-28 | VESTED |
      Quand Grace envoie une libération
      Alors il y a eu 2 libérations pour Ada
      Et la requête du runbook pour les libérations du 2025-01-27 trouve "2, 25000.00"
      Et la requête du runbook pour les lots libérés le 2025-01-27 trouve "2, 30000.00"
      Et la requête du runbook pour les libérations de ce passage trouve "2"

    Scénario: les dernières libérations
      Étant donné que le coffre a ces lots
        | titulaire | coffre | montant  | libéré | devise | échéance   | statut |
        | Ada       | AVENIR | 10000.00 | 0.00   | AED    | 2025-01-27 | VESTED |
      Quand l'exploitant lance "vesting-release --as-of 2025-01-27"
      Alors il y a eu 1 libération pour Ada
      Et la requête du runbook pour les dernières libérations trouve "10000.00, AVENIR"

  @VR-4 @database.postgres
  Règle: Les requêtes du runbook trouvent ce qui est encore à libérer

    Plan du scénario: <quand>
      Étant donné que le coffre a ces lots
        | titulaire | coffre | montant  | libéré  | devise | échéance   | statut   |
        | Ada       | AVENIR | 10000.00 | 0.00    | AED    | 2025-01-26 | VESTED   |
        | Ada       | AVENIR | 20000.00 | 5000.00 | AED    | 2025-01-27 | VESTED   |
        | Grace     | AVENIR | 500.00   | 500.00  | AED    | 2025-01-27 | RELEASED |
        | Grace     | AVENIR | 40000.00 | 0.00    | AED    | 2025-01-28 | VESTED   |
      Quand l'exploitant lance "<commande>"
      Alors la requête du runbook pour les lots en attente au 2025-01-27 trouve "<attente>"
      Et la requête du runbook pour les prochaines échéances trouve "<suite>"

      Exemples:
        | quand                    | commande                                     | attente     | suite                                                                     |
        | après un passage à blanc | vesting-release --as-of 2025-01-27 --dry-run | 2, 25000.00 | 2025-01-26, 1, 10000.00; 2025-01-27, 1, 15000.00; 2025-01-28, 1, 40000.00 |
        | après un passage         | vesting-release --as-of 2025-01-27           | 0, None     | 2025-01-28, 1, 40000.00                                                   |
        | un jour trop tôt         | vesting-release --as-of 2025-01-26           | 1, 15000.00 | 2025-01-27, 1, 15000.00; 2025-01-28, 1, 40000.00                          |
