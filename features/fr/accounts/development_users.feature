# language: fr
Fonctionnalité: Utilisateurs de développement
  En développement, un en-tête nomme l'utilisateur, pour qu'une personne qui essaie l'application se passe de compte. Qui
  est nommé est créé à sa première demande ; un en-tête qui ne peut nommer personne est refusé et ne crée personne.

  @AC-8 @both-databases
  Règle: Qui est nommé pour la première fois est créé une fois, quel que soit le nombre de demandes simultanées

    Scénario: les dix premières demandes de quelqu'un donnent un thème natal
      Étant donné que l'option DEV_AUTH_BYPASS vaut "1"
      Quand Ada envoie un thème natal 10 fois en même temps
      Alors toutes les 10 sont acceptées
      Et il y a eu 1 accueil pour Ada
      Et Ada reçoit le thème natal envoyé
      Et rien d'autre n'a changé

  @AC-8
  Règle: Un en-tête qui peut nommer un utilisateur le laisse entrer

    Plan du scénario: <en-tête>
      Étant donné que Grace a un thème natal
      Quand quelqu'un envoie l'en-tête <en-tête>
      Alors quelqu'un reçoit une révolution qui a commencé
      Et le serveur va bien

      Exemples:
        | en-tête                                 |
        | X-Dev-User-Id avec le nombre 1          |
        | X-Dev-User-Id avec le nombre 2147483647 |
        | X-Dev-External-Id avec 1 caractère      |
        | X-Dev-External-Id avec 128 caractères   |

  @AC-8
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
