# language: fr
Fonctionnalité: Des lots en difficulté
  Quand les livres ne couvrent pas un lot, l'exploitant doit apprendre lequel, et personne d'autre ne doit l'attendre.

  @VR-8 @both-databases
  Règle: Un lot que le compte bloqué ne couvre pas est signalé, et tous les autres sont libérés

    Plan du scénario: il manque un centime<comment>
      Étant donné que le coffre a ces lots
        | titulaire | coffre | montant | libéré | devise | échéance   | statut |
        | Grace     | AVENIR | 1.00    | 0.00   | AED    | 2025-01-25 | VESTED |
        | Ada       | AVENIR | 2.00    | 0.00   | AED    | 2025-01-26 | VESTED |
        | Grace     | AVENIR | 4.00    | 0.00   | AED    | 2025-01-27 | VESTED |
      Et qu'Ada a 0.01 AED de moins sur le compte bloqué
      Quand l'exploitant lance "vesting-release --as-of 2025-01-27 <suite>"
      Alors la commande se termine avec le code 1
      Et le passage indique
        | au         | devise | à blanc | échus | libérés | montant | ignorés | erreurs |
        | 2025-01-27 | AED    | non     | 3     | 2       | 5.00    | 0       | 1       |
      Et le passage signale 1 lot en difficulté pour Ada
      Et il y a eu 2 libérations pour Grace
      Et rien d'autre n'a changé

      Exemples:
        | comment       | suite        |
        |               |              |
        | , lot par lot | --max-lots 1 |

    Plan du scénario: il manque <manque> à deux lots
      Étant donné que le coffre a ces lots
        | titulaire | coffre | montant | libéré | devise | échéance   | statut |
        | Ada       | AVENIR | 100.00  | 0.00   | AED    | 2025-01-26 | VESTED |
        | Ada       | AVENIR | 100.00  | 0.00   | AED    | 2025-01-27 | VESTED |
      Et qu'Ada a <manque> AED de moins sur le compte bloqué
      Quand l'exploitant lance "vesting-release --as-of 2025-01-27"
      Alors la commande se termine avec le code 1
      Et le passage indique
        | au         | devise | à blanc | échus | libérés   | montant   | ignorés | erreurs  |
        | 2025-01-27 | AED    | non     | 2     | <libérés> | <montant> | 0       | <nombre> |
      Et le passage signale <nombre> <lots> en difficulté pour Ada
      Et il y a eu <libérés> <libérations> pour Ada
      Et rien d'autre n'a changé

      Exemples:
        | manque | libérés | libérations | montant | nombre | lots |
        | 100.00 | 1       | libération  | 100.00  | 1      | lot  |
        | 100.01 | 0       | libérations | 0.00    | 2      | lots |

    Scénario: deux lots en difficulté, l'un après l'autre, au milieu d'un groupe
      Étant donné que le coffre a ces lots
        | titulaire | coffre | montant | libéré | devise | échéance   | statut |
        | Grace     | AVENIR | 1.00    | 0.00   | AED    | 2025-01-24 | VESTED |
        | Ada       | AVENIR | 2.00    | 0.00   | AED    | 2025-01-25 | VESTED |
        | Ada       | AVENIR | 4.00    | 0.00   | AED    | 2025-01-26 | VESTED |
        | Grace     | AVENIR | 8.00    | 0.00   | AED    | 2025-01-27 | VESTED |
      Et qu'Ada a 6.00 AED de moins sur le compte bloqué
      Quand l'exploitant lance "vesting-release --as-of 2025-01-27"
      Alors le passage indique
        | au         | devise | à blanc | échus | libérés | montant | ignorés | erreurs |
        | 2025-01-27 | AED    | non     | 4     | 2       | 9.00    | 0       | 2       |
      Et le passage signale 2 lots en difficulté pour Ada
      Et il y a eu 2 libérations pour Grace
      Et rien d'autre n'a changé

    Scénario: l'argent d'une autre devise ne le couvre pas
      Étant donné que le coffre a ces lots
        | titulaire | coffre | montant | libéré | devise | échéance   | statut |
        | Ada       | AVENIR | 100.00  | 0.00   | AED    | 2025-01-27 | VESTED |
        | Ada       | AVENIR | 500.00  | 0.00   | USD    | 2025-01-28 | VESTED |
      Et qu'Ada a 100.00 AED de moins sur le compte bloqué
      Et que Grace a un compte d'administrateur
      Quand Grace envoie une libération au 2025-01-27
      Alors le passage indique
        | au         | devise | à blanc | échus | libérés | montant | ignorés | erreurs |
        | 2025-01-27 | AED    | non     | 1     | 0       | 0.00    | 0       | 1       |
      Et le passage signale 1 lot en difficulté pour Ada
      Et rien d'autre n'a changé

    Scénario: le passage après la correction des livres
      Étant donné que le coffre a ces lots
        | titulaire | coffre | montant | libéré | devise | échéance   | statut |
        | Ada       | AVENIR | 100.00  | 0.00   | AED    | 2025-01-26 | VESTED |
      Et qu'Ada a 40.00 AED de moins sur le compte bloqué
      Et que l'exploitant lance "vesting-release --as-of 2025-01-27"
      Et qu'Ada a 40.00 AED de nouveau sur le compte bloqué
      Quand l'exploitant lance "vesting-release --as-of 2025-01-27"
      Alors le passage indique
        | au         | devise | à blanc | échus | libérés | montant | ignorés | erreurs |
        | 2025-01-27 | AED    | non     | 1     | 1       | 100.00  | 0       | 0       |
      Et il y a eu 1 libération pour Ada
      Et rien d'autre n'a changé

    Plan du scénario: un lot que la base elle-même refuse de libérer<comment>
      Étant donné que le coffre a ces lots
        | titulaire | coffre | montant | libéré | devise | échéance   | statut |
        | Grace     | AVENIR | 1.00    | 0.00   | AED    | 2025-01-25 | VESTED |
        | Ada       | AVENIR | 2.00    | 0.00   | AED    | 2025-01-26 | VESTED |
        | Grace     | AVENIR | 4.00    | 0.00   | AED    | 2025-01-27 | VESTED |
      Et qu'Ada a des lots que la base refuse de modifier
      Quand l'exploitant lance "vesting-release --as-of 2025-01-27 <suite>"
      Alors le passage indique
        | au         | devise | à blanc | échus | libérés | montant | ignorés | erreurs |
        | 2025-01-27 | AED    | non     | 3     | 2       | 5.00    | 0       | 1       |
      Et le passage signale 1 lot en difficulté pour Ada
      Et elle dit "the auditors hold this lot"
      Et il y a eu 2 libérations pour Grace
      Et rien d'autre n'a changé

      Exemples:
        | comment       | suite        |
        |               |              |
        | , lot par lot | --max-lots 1 |
