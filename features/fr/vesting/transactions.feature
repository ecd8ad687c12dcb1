# language: fr
Fonctionnalité: Ce qu'est devenu mon argent
  On regarde ses opérations pour voir que son argent est revenu. Personne d'autre ne doit le voir.

  @VR-11 @both-databases
  Règle: Une libération apparaît dans les opérations de son titulaire, les plus récentes d'abord, et chez personne d'autre

    Scénario: une libération, et ce qui l'a précédée
      Étant donné que le coffre a ces lots
        | titulaire | coffre | montant  | libéré | devise | échéance   | statut |
        | Ada       | AVENIR | 10000.00 | 0.00   | AED    | 2025-01-27 | VESTED |
        | Grace     | AVENIR | 777.00   | 0.00   | AED    | 2025-01-27 | VESTED |
      Et que l'exploitant lance "vesting-release --as-of 2025-01-27"
      Quand Ada demande les opérations
      Alors Ada reçoit ces opérations
        | type                  | produit       | sens | montant  | devise | le         |
        | VAULT_VESTING_RELEASE | COFFRE AVENIR | IN   | 10000.00 | AED    | maintenant |
        | VAULT_DEPOSIT         | COFFRE AVENIR | OUT  | 10000.00 | AED    | 2024-01-28 |
        | WALLET_FUNDING        | WALLET        | IN   | 10000.00 | AED    | 2024-01-28 |
      Et rien d'autre n'a changé

    Scénario: quelqu'un dont les lots ne sont pas échus, à côté de quelqu'un dont ils le sont
      Étant donné que le coffre a ces lots
        | titulaire | coffre | montant | libéré | devise | échéance   | statut |
        | Ada       | AVENIR | 100.00  | 0.00   | AED    | 2025-01-28 | VESTED |
        | Grace     | AVENIR | 777.00  | 0.00   | AED    | 2025-01-27 | VESTED |
      Et que l'exploitant lance "vesting-release --as-of 2025-01-27"
      Quand Ada demande les opérations
      Alors Ada reçoit ces opérations
        | type           | produit       | sens | montant | devise | le         |
        | VAULT_DEPOSIT  | COFFRE AVENIR | OUT  | 100.00  | AED    | 2024-01-29 |
        | WALLET_FUNDING | WALLET        | IN   | 100.00  | AED    | 2024-01-29 |
      Et rien d'autre n'a changé

    Scénario: plusieurs devises, chacune avec ses décimales
      Étant donné que le coffre a ces lots
        | titulaire | coffre | montant | libéré | devise | échéance   | statut |
        | Ada       | AVENIR | 5.500   | 0      | BHD    | 2025-01-25 | VESTED |
        | Ada       | AVENIR | 700     | 0      | JPY    | 2025-01-27 | VESTED |
      Et que l'exploitant lance "vesting-release --as-of 2025-01-27 --currency BHD"
      Et que l'exploitant lance "vesting-release --as-of 2025-01-27 --currency JPY"
      Quand Ada demande les opérations
      Alors Ada reçoit ces opérations
        | type                  | produit       | sens | montant | devise | le         |
        | VAULT_VESTING_RELEASE | COFFRE AVENIR | IN   | 700     | JPY    | maintenant |
        | VAULT_VESTING_RELEASE | COFFRE AVENIR | IN   | 5.500   | BHD    | maintenant |
        | VAULT_DEPOSIT         | COFFRE AVENIR | OUT  | 700     | JPY    | 2024-01-28 |
        | WALLET_FUNDING        | WALLET        | IN   | 700     | JPY    | 2024-01-28 |
        | VAULT_DEPOSIT         | COFFRE AVENIR | OUT  | 5.500   | BHD    | 2024-01-26 |
        | WALLET_FUNDING        | WALLET        | IN   | 5.500   | BHD    | 2024-01-26 |
      Et rien d'autre n'a changé

    Scénario: quelqu'un à qui rien n'est arrivé
      Étant donné que Grace a 10.00 AED dans le coffre
      Quand Ada demande les opérations
      Alors Ada reçoit ces opérations
        | type | produit | sens | montant | devise | le |
      Et il y a eu 1 accueil pour Ada
      Et rien d'autre n'a changé

    Scénario: un passage à blanc n'est pas une opération
      Étant donné que le coffre a ces lots
        | titulaire | coffre | montant | libéré | devise | échéance   | statut |
        | Ada       | AVENIR | 100.00  | 0.00   | AED    | 2025-01-27 | VESTED |
      Et que l'exploitant lance "vesting-release --as-of 2025-01-27 --dry-run"
      Quand Ada demande les opérations
      Alors Ada reçoit ces opérations
        | type           | produit       | sens | montant | devise | le         |
        | VAULT_DEPOSIT  | COFFRE AVENIR | OUT  | 100.00  | AED    | 2024-01-28 |
        | WALLET_FUNDING | WALLET        | IN   | 100.00  | AED    | 2024-01-28 |
      Et rien d'autre n'a changé
