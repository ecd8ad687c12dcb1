# language: fr
Fonctionnalité: Déposer dans le coffre
  Un dépôt bloque de l'argent pendant 365 jours, et son titulaire voit à tout moment ce qui est disponible, ce qui est
  bloqué, et jusqu'à quand.

  @VR-16 @both-databases
  Règle: Un dépôt transfère du disponible dans le coffre, et en fait un lot

    Scénario: tout ce qui est disponible
      Étant donné qu'Ada a 100.00 AED dans le portefeuille
      Et que Grace a 70.00 AED dans le portefeuille
      Quand Ada envoie un dépôt de 100.00 AED
      Alors Ada reçoit le lot qui s'y trouve
      Et il y a eu 1 dépôt pour Ada
      Et Ada a 0.00 AED disponibles et 100.00 AED bloqués
      Et les comptes sont équilibrés
      Et rien d'autre n'a changé

    Scénario: le plus grand montant possible
      Étant donné qu'Ada a 999999999999.99 AED dans le portefeuille
      Quand Ada envoie un dépôt de 999999999999.99 AED
      Alors Ada reçoit le lot qui s'y trouve
      Et il y a eu 1 dépôt pour Ada
      Et Ada a 0.00 AED disponibles et 999999999999.99 AED bloqués
      Et les comptes sont équilibrés
      Et rien d'autre n'a changé

    Scénario: deux dépôts d'un même jour font deux lots
      Étant donné qu'Ada a 40.00 AED dans le coffre
      Et qu'Ada a 60.00 AED dans le portefeuille
      Quand Ada envoie un dépôt de 40.00 AED
      Alors Ada reçoit le lot qui s'y trouve
      Et le coffre a ces lots
        | titulaire | coffre | montant | libéré | devise | échéance       | statut |
        | Ada       | AVENIR | 40.00   | 0.00   | AED    | dans 365 jours | VESTED |
        | Ada       | AVENIR | 40.00   | 0.00   | AED    | dans 365 jours | VESTED |
      Et il y a eu 1 dépôt pour Ada
      Et Ada a 20.00 AED disponibles et 80.00 AED bloqués
      Et rien d'autre n'a changé

    Scénario: le portefeuille est alimenté
      Étant donné qu'Ada a 40.00 AED dans le portefeuille
      Quand Ada envoie un versement de 0.05 AED
      Alors il y a eu 1 versement pour Ada
      Et Ada a 40.05 AED disponibles et 0.00 AED bloqués
      Et les comptes sont équilibrés
      Et rien d'autre n'a changé

    Plan du scénario: un dépôt de <montant> sur <disponible> AED disponibles
      Étant donné qu'Ada a <disponible> AED dans le portefeuille
      Et qu'Ada a 500.00 USD dans le portefeuille
      Et qu'Ada a 500.00 AED dans le coffre
      Et que Grace a 500.00 AED dans le portefeuille
      Quand Ada envoie a deposit of <montant> AED
      Alors Ada est refusée avec 422 "available"
      Et Ada a <disponible> AED disponibles et 500.00 AED bloqués
      Et rien d'autre n'a changé

      Exemples:
        | disponible | montant |
        | 100.00     | 100.01  |
        | 0.01       | 0.02    |

    Scénario: la première chose que fait quelqu'un
      Étant donné que Grace a 500.00 AED dans le portefeuille
      Quand Ada envoie un dépôt de 1.00 AED
      Alors Ada est refusée avec 422 "available"
      Et il y a eu 1 accueil pour Ada
      Et rien d'autre n'a changé

    Scénario: dix dépôts en même temps, dont le portefeuille couvre trois
      Étant donné qu'Ada a 100.00 AED dans le portefeuille
      Quand Ada envoie un dépôt de 30.00 AED 10 fois en même temps
      Alors 3 sont acceptées et les 7 autres sont refusées avec 422 "available"
      Et il y a eu 3 dépôts pour Ada
      Et Ada a 10.00 AED disponibles et 90.00 AED bloqués
      Et les comptes sont équilibrés
      Et rien d'autre n'a changé

    Scénario: dix premiers versements en même temps
      Étant donné qu'Ada a un compte
      Quand Ada envoie un versement de 30.00 AED 10 fois en même temps
      Alors toutes les 10 sont acceptées
      Et il y a eu 10 versements pour Ada
      Et Ada a 300.00 AED disponibles et 0.00 AED bloqués
      Et les comptes sont équilibrés
      Et rien d'autre n'a changé

  @VR-16 @both-databases
  Règle: Le portefeuille dit ce qui est là, par devise, et l'échéancier ce qui est à venir, par jour

    Scénario: ce qui est encore à venir
      Étant donné que le coffre a ces lots
        | titulaire | coffre | montant | libéré | devise | échéance   | statut   |
        | Ada       | AVENIR | 100.00  | 100.00 | AED    | 2025-01-26 | RELEASED |
        | Ada       | AVENIR | 200.00  | 0.00   | AED    | 2025-01-28 | VESTED   |
        | Ada       | AVENIR | 300.00  | 50.00  | AED    | 2025-01-27 | VESTED   |
        | Ada       | AVENIR | 400.50  | 0.00   | AED    | 2025-01-28 | VESTED   |
        | Ada       | AVENIR | 800.00  | 0.00   | EUR    | 2025-01-27 | VESTED   |
        | Ada       | FLEX   | 900.00  | 0.00   | AED    | 2025-01-27 | VESTED   |
        | Grace     | AVENIR | 700.00  | 0.00   | AED    | 2025-01-27 | VESTED   |
      Quand Ada demande l'échéancier en AED
      Alors Ada reçoit ces échéances
        | date       | montant |
        | 2025-01-27 | 250.00  |
        | 2025-01-28 | 600.50  |
      Et rien d'autre n'a changé

    Plan du scénario: un portefeuille sans <devise>
      Étant donné que Grace a 5 opérations
      Quand Ada demande <portefeuille>
      Alors Ada a <rien> <devise> disponibles et <rien> <devise> bloqués
      Et il y a eu 1 accueil pour Ada
      Et rien d'autre n'a changé

      Exemples:
        | portefeuille           | devise | rien  |
        | le portefeuille en AED | AED    | 0.00  |
        | le portefeuille en JPY | JPY    | 0     |
        | le portefeuille en BHD | BHD    | 0.000 |
