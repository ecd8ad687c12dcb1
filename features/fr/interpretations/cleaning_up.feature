# language: fr
Fonctionnalité: Supprimer la sauvegarde de la migration
  La sauvegarde est la dernière preuve de ce que la première version a écrit. Elle disparaît quand l'exploitant le
  demande, après un audit sans reproche, et jamais par un démarrage, une mise à niveau ou une autre commande.

  @LI-14 @both-databases @target.process
  Règle: Seule db cleanup-backup supprime la sauvegarde, après un audit réussi, et il n'y a pas de retour

    Scénario: après un audit réussi
      Étant donné un serveur dont la base a été migrée
      Quand l'exploitant lance "db cleanup-backup"
      Alors la commande se termine avec le code 0
      Et elle dit "verdict: passed"
      Et elle dit "the backup is removed"
      Et les textes de la première version sont là où ils étaient et dans les modèles, sans sauvegarde
      Et rien d'autre n'a changé

    Plan du Scénario: une base qui <état>
      Étant donné un serveur dont la base <état>
      Quand l'exploitant lance "db cleanup-backup"
      Alors la commande se termine avec le code <code>
      Et elle dit "The audit did not pass, so the backup stays."
      Et rien d'autre n'a changé

      Exemples:
        | état                                               | code |
        | a été migrée, et a perdu un texte                  | 1    |
        | a été migrée, et a perdu un texte de sa sauvegarde | 1    |
        | a été migrée, et n'a pas de sauvegarde             | 5    |

    Scénario: une seconde fois
      Étant donné un serveur dont la base a été migrée
      Et que l'exploitant lance "db cleanup-backup"
      Quand l'exploitant lance "db cleanup-backup"
      Alors la commande se termine avec le code 0
      Et elle dit "nothing to remove"
      Et rien d'autre n'a changé

    Plan du Scénario: <commande>
      Étant donné un serveur dont la base a été migrée
      Quand l'exploitant lance "<commande>"
      Alors la commande se termine avec le code <code>
      Et elle dit "<mots>"
      Et rien d'autre n'a changé

      Exemples:
        | commande    | code | mots                                |
        | db upgrade  | 0    | already at                          |
        | db contract | 64   | `reference-app db cleanup-backup`   |
        | db current  | 0    | none (0001_drop_lunar_backup may be |

    Scénario: revenir sur la suppression
      Étant donné un serveur dont la base a été migrée
      Et que l'exploitant lance "db cleanup-backup"
      Quand l'exploitant lance "db downgrade base --contract"
      Alors la commande se termine avec le code 64
      Et elle dit "cannot be brought back; nothing was changed"
      Et rien d'autre n'a changé

    Scénario: un serveur qui démarre ensuite
      Étant donné un serveur dont la base a été migrée
      Et que l'exploitant lance "db cleanup-backup"
      Et qu'Ada a des révolutions lunaires
      Quand l'exploitant lance "db current"
      Alors la commande se termine avec le code 0
      Et elle dit "contract: 0001_drop_lunar_backup"
      Et le serveur va bien
      Et rien d'autre n'a changé

    Scénario: redescendre et remonter ensuite
      Étant donné un serveur dont la base a été migrée
      Et que l'exploitant lance "db cleanup-backup"
      Et que l'exploitant lance "db downgrade 0008_lunar_v1"
      Quand l'exploitant lance "db upgrade"
      Alors la commande se termine avec le code 0
      Et les textes de la première version sont là où ils étaient, dans la sauvegarde et dans les modèles
      Et rien d'autre n'a changé
