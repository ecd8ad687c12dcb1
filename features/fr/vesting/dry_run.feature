# language: fr
Fonctionnalité: Regarder avant de libérer
  Un exploitant regarde ce que ferait un passage avant qu'il déplace de l'argent. Regarder ne doit laisser aucune
  trace dans la base.

  @VR-3 @both-databases
  Règle: Un passage à blanc indique ce que ferait un passage, et n'écrit rien du tout

    Plan du scénario: trois lots échus<comment>
      Étant donné que le coffre a ces lots
        | titulaire | coffre | montant  | libéré  | devise | échéance   | statut   |
        | Ada       | AVENIR | 10000.00 | 0.00    | AED    | 2025-01-27 | VESTED   |
        | Ada       | AVENIR | 10000.00 | 2500.00 | AED    | 2025-01-20 | VESTED   |
        | Grace     | AVENIR | 7500.00  | 0.00    | AED    | 2024-12-31 | VESTED   |
        | Grace     | AVENIR | 1.00     | 1.00    | AED    | 2024-12-30 | RELEASED |
        | Grace     | AVENIR | 2.00     | 0.00    | AED    | 2025-01-28 | VESTED   |
      Quand l'exploitant lance "vesting-release --as-of 2025-01-27 --dry-run <suite>"
      Alors la commande se termine avec le code 0
      Et le passage indique
        | au         | devise | à blanc | échus | libérés | montant  | ignorés | erreurs |
        | 2025-01-27 | AED    | oui     | 4     | 3       | 25000.00 | 1       | 0       |
      Et Ada a 2500.00 AED disponibles et 17500.00 AED bloqués
      Et aucun numéro de séquence n'a été consommé
      Et rien d'autre n'a changé

      Exemples:
        | comment       | suite        |
        |               |              |
        | , lot par lot | --max-lots 1 |

    Scénario: le passage qui suit fait ce qu'indiquait le passage à blanc
      Étant donné que le coffre a ces lots
        | titulaire | coffre | montant | libéré | devise | échéance   | statut |
        | Ada       | AVENIR | 6000.00 | 0.00   | AED    | 2025-01-27 | VESTED |
        | Ada       | AVENIR | 4000.00 | 0.00   | AED    | 2025-01-26 | VESTED |
        | Grace     | AVENIR | 7500.00 | 0.00   | AED    | 2025-01-27 | VESTED |
      Et que l'exploitant lance "vesting-release --as-of 2025-01-27 --dry-run"
      Quand l'exploitant lance "vesting-release --as-of 2025-01-27"
      Alors le passage indique
        | au         | devise | à blanc | échus | libérés | montant  | ignorés | erreurs |
        | 2025-01-27 | AED    | non     | 3     | 3       | 17500.00 | 0       | 0       |
      Et il y a eu 2 libérations pour Ada
      Et il y a eu 1 libération pour Grace
      Et rien d'autre n'a changé

    Scénario: un lot qu'un passage ne pourrait pas libérer
      Étant donné que le coffre a ces lots
        | titulaire | coffre | montant | libéré | devise | échéance   | statut |
        | Ada       | AVENIR | 100.00  | 0.00   | AED    | 2025-01-27 | VESTED |
        | Grace     | AVENIR | 200.00  | 0.00   | AED    | 2025-01-27 | VESTED |
      Et qu'Ada a 0.01 AED de moins sur le compte bloqué
      Quand l'exploitant lance "vesting-release --as-of 2025-01-27 --dry-run"
      Alors la commande se termine avec le code 1
      Et le passage indique
        | au         | devise | à blanc | échus | libérés | montant | ignorés | erreurs |
        | 2025-01-27 | AED    | oui     | 2     | 1       | 200.00  | 0       | 1       |
      Et le passage signale 1 lot en difficulté pour Ada
      Et aucun numéro de séquence n'a été consommé
      Et rien d'autre n'a changé

    Scénario: un administrateur regarde, par le réseau
      Étant donné que le coffre a ces lots
        | titulaire | coffre | montant | libéré | devise | échéance   | statut |
        | Ada       | AVENIR | 100.00  | 0.00   | EUR    | 2025-01-27 | VESTED |
      Et que Grace a un compte d'administrateur
      Quand Grace envoie une libération à blanc au 2025-01-27 en EUR
      Alors le passage indique
        | au         | devise | à blanc | échus | libérés | montant | ignorés | erreurs |
        | 2025-01-27 | EUR    | oui     | 1     | 1       | 100.00  | 0       | 0       |
      Et Ada a 0.00 EUR disponibles et 100.00 EUR bloqués
      Et aucun numéro de séquence n'a été consommé
      Et rien d'autre n'a changé
