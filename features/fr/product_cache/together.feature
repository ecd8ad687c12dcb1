# language: fr
Fonctionnalité: Beaucoup d'entrées en même temps
  Les recherches de nombreux utilisateurs arrivent ensemble. Elles travaillent chacune sur une entrée, et ne doivent
  ni s'attendre ni finir en interblocage.

  @PC-4 @both-databases
  Règle: Dix clients qui ajoutent, lisent et réutilisent chacun une entrée réussissent tous, chaque entrée réutilisée une fois

    Plan du Scénario: dix clients, <comment>
      Étant donné que le service amont va bien
      Et qu'Ada a un compte
      Quand 10 clients ajoutent, lisent et réutilisent chacun une entrée, <comment>
      Alors toutes les 10 sont acceptées
      Et chacune des 10 entrées a été réutilisée une fois, le tout en moins de 30 secondes
      Et rien d'autre n'a changé

      Exemples:
        | comment         |
        | hors du serveur |
        | par le réseau   |

  @PC-4 @database.postgres @alone
  Règle: Sur Postgres, le tout prend moins de 0,9 seconde

    Plan du Scénario: dix clients sur un Postgres, <comment>
      Étant donné que le service amont va bien
      Et qu'Ada a un compte
      Quand 10 clients ajoutent, lisent et réutilisent chacun une entrée, <comment>
      Alors toutes les 10 sont acceptées
      Et chacune des 10 entrées a été réutilisée une fois, le tout en moins de 0.9 secondes
      Et rien d'autre n'a changé

      Exemples:
        | comment         |
        | hors du serveur |
        | par le réseau   |
