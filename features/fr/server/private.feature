# language: fr
Fonctionnalité: Ce qu'un serveur enregistre est privé
  La base contient des empreintes de mots de passe et des dates de naissance, le journal tous les articles. Sur une
  machine à plusieurs utilisateurs, rien de cela ne leur est lisible, quel que soit l'umask sous lequel le serveur a
  démarré.

  @SV-11 @target.process @database.sqlite
  Règle: Les dossiers sont en 0700 et les fichiers en 0600, quel que soit l'umask

    Scénario: démarré sous l'umask 000
      Étant donné que le premier serveur doit démarrer sous l'umask 000
      Et que l'option EVENT_LOG_SNAPSHOT_EVERY vaut "10"
      Et qu'il y a 30 articles
      Et qu'Ada a un thème natal
      Et que chaque génération dure 30000 ms de plus
      Et qu'une demande faite par Ada est en train de générer
      Quand le premier serveur est tué dès qu'il a créé tous ses fichiers
      Alors ce qui est enregistré n'est ouvert à personne d'autre

    Scénario: des fichiers remis en place avec des droits pour d'autres
      Étant donné qu'il y a 30 articles
      Et que le premier serveur a des fichiers que d'autres peuvent lire
      Quand le premier serveur redémarre
      Alors ce qui est enregistré n'est ouvert à personne d'autre
      Et 30 articles sont là
      Et rien d'autre n'a changé

  @SV-11 @target.process @database.sqlite
  Règle: Un dossier que d'autres peuvent ouvrir est refusé en production, avec la commande qui y remédie

    Plan du scénario: un serveur qui <état>
      Étant donné un serveur dont l'environnement est "production"
      Et qu'il y a 1 article
      Et que le premier serveur <état>
      Quand un serveur est démarré
      Alors la commande se termine avec le code 64
      Et elle dit "Mend it: chmod go= /"
      Et rien d'autre n'a changé

      Exemples:
        | état                                              |
        | a un dossier de données que d'autres peuvent lire |

      @cost.seconds
      Exemples: suite
        | état                                                 |
        | a un dossier de journal où d'autres peuvent écrire   |
        | a une base dans un dossier que d'autres peuvent lire |

    @cost.seconds
    Scénario: remédié comme il le dit
      Étant donné un serveur dont l'environnement est "production"
      Et qu'il y a 1 article
      Et que le premier serveur a un dossier de données que d'autres peuvent lire
      Quand le premier serveur redémarre une fois fait ce que dit le refus
      Alors ce qui est enregistré n'est ouvert à personne d'autre
      Et 1 article est là
      Et rien d'autre n'a changé

  @SV-11 @target.process @database.sqlite
  Règle: En développement, un tel dossier est utilisé, et le journal le signale

    @cost.seconds
    Scénario: un dossier de données que d'autres peuvent lire
      Étant donné qu'il y a 1 article
      Et que le premier serveur a un dossier de données que d'autres peuvent lire
      Quand un serveur est démarré
      Alors elle dit "open_to_others"
      Et la commande se termine avec le code 4
      Et rien d'autre n'a changé
