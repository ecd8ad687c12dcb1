# language: fr
Fonctionnalité: Comment s'appellent tâches et titulaires
  Les noms viennent de personnes, de listes et de programmes. Ils sont gardés comme ils ont été tapés, et un nom que
  personne ne saurait lire, ou auquel un terminal obéirait, est refusé.

  @LI-17
  Règle: Un nom est gardé tel quel

    Plan du scénario: des noms comme on les écrit : <tâche>
      Étant donné que nous sommes le "2026-03-01T12:00:00Z"
      Quand l'exploitant lance "lease start <tâche> <titulaire>"
      Alors la commande se termine avec le code 0
      Et les baux sont
        | tâche     | titulaire          | état | début    | signe de vie | échéance | fin |
        | <son_nom> | <nom_du_titulaire> | tenu | 12:00:00 | 12:00:00     | 12:05:00 | -   |
      Et rien d'autre n'a changé

      Exemples:
        | tâche          | son_nom      | titulaire      | nom_du_titulaire |
        | 'café à Paris' | café à Paris | 'Zoé & 👩'      | Zoé & 👩          |
        | '月; DROP --'   | 月; DROP --   | 'नमस्ते %s {}' | नमस्ते %s {}     |

  @LI-17
  Règle: Une commande mal appelée ne change rien

    Plan du scénario: <commande>
      Étant donné que nous sommes le "2026-03-01T12:00:00Z"
      Et que l'exploitant lance "lease start moon Ada"
      Quand l'exploitant lance "lease <commande>"
      Alors la commande se termine avec le code 64
      Et elle dit "<mots>"
      Et les baux sont
        | tâche | titulaire | état | début    | signe de vie | échéance | fin |
        | moon  | Ada       | tenu | 12:00:00 | 12:00:00     | 12:05:00 | -   |
      Et rien d'autre n'a changé

      Exemples:
        | commande         | mots      |
        | start '' Grace   | printable |
        | complete moon '' | printable |
        | start sun        | HOLDER    |

      @cost.seconds
      Exemples: suite
        | commande                | mots      |
        | start sun ' Grace'      | printable |
        | start sun Grace --ttl 0 | --ttl     |
