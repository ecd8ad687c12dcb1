# language: fr
Fonctionnalité: L'identifiant d'un passage
  Qui examine un paiement veut trouver le passage qui l'a fait, et tout ce que ce passage a fait d'autre.

  @VR-5 @both-databases
  Règle: Chaque passage a son propre identifiant, du jour pour lequel il vaut, et chacune de ses libérations le porte

    Scénario: un passage pour un jour passé
      Étant donné que le coffre a ces lots
        | titulaire | coffre | montant | libéré | devise | échéance   | statut |
        | Ada       | AVENIR | 100.00  | 0.00   | AED    | 2025-01-27 | VESTED |
        | Ada       | AVENIR | 200.00  | 50.00  | AED    | 2025-01-20 | VESTED |
      Quand l'exploitant lance "vesting-release --as-of 2025-01-27 --max-lots 1"
      Alors le passage indique
        | au         | devise | à blanc | échus | libérés | montant | ignorés | erreurs |
        | 2025-01-27 | AED    | non     | 2     | 2       | 250.00  | 0       | 0       |
      Et il y a eu 2 libérations pour Ada
      Et les libérations faites pour Ada portent 1 identifiant de passage
      Et rien d'autre n'a changé

    Plan du scénario: deux passages pour <lequel>
      Étant donné que le coffre a ces lots
        | titulaire | coffre | montant | libéré | devise | échéance   | statut |
        | Ada       | AVENIR | 100.00  | 0.00   | AED    | 2025-01-27 | VESTED |
      Et que l'exploitant lance "vesting-release --as-of 2025-01-27"
      Et que le coffre a ces lots
        | titulaire | coffre | montant | libéré | devise | échéance   | statut |
        | Ada       | AVENIR | 200.00  | 0.00   | AED    | 2025-01-27 | VESTED |
      Quand l'exploitant lance "vesting-release --as-of <jour>"
      Alors il y a eu 1 libération pour Ada
      Et les libérations faites pour Ada portent 2 identifiants de passage
      Et rien d'autre n'a changé

      Exemples:
        | lequel       | jour       |
        | un même jour | 2025-01-27 |
        | deux jours   | 2025-01-28 |

    Scénario: le passage d'un administrateur
      Étant donné que le coffre a ces lots
        | titulaire | coffre | montant | libéré | devise | échéance   | statut |
        | Ada       | AVENIR | 100.00  | 0.00   | AED    | 2025-01-26 | VESTED |
      Et que Grace a un compte d'administrateur
      Quand Grace envoie une libération au 2025-01-27
      Alors le passage indique
        | au         | devise | à blanc | échus | libérés | montant | ignorés | erreurs |
        | 2025-01-27 | AED    | non     | 1     | 1       | 100.00  | 0       | 0       |
      Et il y a eu 1 libération pour Ada
      Et les libérations faites pour Ada portent 1 identifiant de passage
      Et rien d'autre n'a changé
