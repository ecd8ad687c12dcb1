# language: fr
Fonctionnalité: En-têtes de développement invalides
  En développement, un en-tête nomme l'utilisateur et un autre prolonge un calcul. Un en-tête invalide est refusé
  aussitôt : aucun utilisateur n'est créé, et rien n'est calculé.

  @LR-8
  Règle: Un en-tête qui ne peut nommer personne est refusé, et aucun utilisateur n'est créé

    Plan du scénario: <en-tête>
      Étant donné que Grace a un thème natal
      Quand quelqu'un envoie l'en-tête <en-tête>
      Alors quelqu'un est refusé avec 401 "names no user"
      Et rien d'autre n'a changé

      Exemples:
        | en-tête                                 |
        | X-Dev-User-Id avec le nombre 0          |
        | X-Dev-User-Id avec le nombre -1         |
        | X-Dev-User-Id avec le nombre 2147483648 |
        | X-Dev-User-Id avec 5000 chiffres        |
        | X-Dev-User-Id avec un mot               |
        | X-Dev-User-Id sans rien                 |
        | X-Dev-External-Id sans rien             |
        | X-Dev-External-Id avec 129 caractères   |
        | X-Dev-External-Id avec une tabulation   |

  @LR-8
  Règle: Un délai qui n'est pas un nombre de millisecondes est refusé, et rien n'est calculé

    Plan du scénario: un délai : <délai>
      Étant donné qu'Ada a un thème natal
      Quand Ada envoie un délai : <délai>
      Alors Ada apprend que le champ "X-Dev-Delay-Ms" est incorrect
      Et il y a eu 0 calculs pour Ada
      Et rien d'autre n'a changé

      Exemples:
        | délai         |
        | rien          |
        | -1            |
        | 60001         |
        | 1e3           |
        | 0x10          |
        | 1.5           |
        | bientôt       |
        | 5000 chiffres |
        | un exposant   |

    Scénario: hors développement, personne ne le lit
      Étant donné un serveur dont l'environnement est "production"
      Et qu'Ada a un thème natal
      Quand Ada envoie un délai : bientôt
      Alors Ada reçoit une révolution qui a commencé
      Et il y a eu 1 génération pour Ada
      Et rien d'autre n'a changé
