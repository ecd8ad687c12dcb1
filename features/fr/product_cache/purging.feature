# language: fr
Fonctionnalité: Purger ce qui a expiré
  Des tables qui ne font que grossir ralentissent une base et allongent sa facture. Une purge peut tourner à tout
  moment, à côté de tout le reste, et ne prend rien dont quelqu'un a encore besoin.

  @PC-2 @both-databases
  Règle: Une purge supprime exactement les entrées dont l'expiration est passée, et indique combien et lesquelles

    Scénario: une entrée expirée, et une qui ne l'est pas
      Étant donné que le cache contient ces entrées
        | cache      | entrée    | expiration       | réutilisations |
        | recherches | expired   | il y a 1 heure   | 3              |
        | recherches | just-now  | il y a 1 seconde | 0              |
        | recherches | valid     | dans 24 heures   | 2              |
        | scores     | old-score | il y a 1 heure   | 1              |
        | scores     | new-score | dans 1 minute    | 4              |
      Quand l'exploitant lance "cache cleanup"
      Alors la commande se termine avec le code 0
      Et la purge a supprimé 2 recherches et 1 score
      Et le cache contient ces entrées
        | cache      | entrée    | expiration     | réutilisations |
        | recherches | valid     | dans 24 heures | 2              |
        | scores     | new-score | dans 1 minute  | 4              |
      Et rien d'autre n'a changé

    Plan du Scénario: une purge qui ne trouve rien d'expiré : <laquelle>
      Étant donné que le cache contient ces entrées
        | cache   | entrée | expiration    | réutilisations |
        | <cache> | valid  | dans 1 minute | 0              |
      Quand l'exploitant lance "cache cleanup"
      Alors la commande se termine avec le code 0
      Et la purge a supprimé 0 recherche et 0 score
      Et rien d'autre n'a changé

      Exemples:
        | laquelle      | cache      |
        | une recherche | recherches |
        | un score      | scores     |

    Scénario: une purge d'un cache vide
      Étant donné qu'Ada a un compte
      Quand l'exploitant lance "cache cleanup"
      Alors la commande se termine avec le code 0
      Et la purge a supprimé 0 recherche et 0 score
      Et rien d'autre n'a changé

    Scénario: les clés de ce qui a été supprimé
      Étant donné que le cache contient ces entrées
        | cache      | entrée   | expiration     | réutilisations |
        | recherches | search-a | il y a 1 heure | 0              |
        | recherches | search-b | dans 24 heures | 0              |
        | scores     | score-a  | il y a 1 heure | 0              |
      Quand l'exploitant lance "cache cleanup --verbose"
      Alors la commande se termine avec le code 0
      Et la purge dit chaque clé supprimée, et aucune autre
      Et la purge a supprimé 1 recherche et 1 score
      Et rien d'autre n'a changé

    Scénario: plus d'entrées expirées qu'on n'en supprime à la fois
      Étant donné que le cache contient 3000 recherches, utilisées 1 fois chacune et dont les 2500 premières sont expirées
      Et que le cache contient 40 scores de produits, utilisées 1 fois chacune et dont les 30 premières sont expirées
      Quand l'exploitant lance "cache cleanup"
      Alors la commande se termine avec le code 0
      Et la purge a supprimé 2500 recherches et 30 scores
      Et rien d'autre n'a changé

  @PC-2 @both-databases
  Règle: Une purge ne supprime jamais une entrée renouvelée entre-temps

    Scénario: une entrée en cours de renouvellement quand la purge y arrive
      Étant donné qu'Ada a un compte
      Et que le cache contient ces entrées
        | cache      | entrée    | expiration     | réutilisations |
        | recherches | refreshed | il y a 1 heure | 3              |
        | recherches | expired   | il y a 1 heure | 3              |
      Et que Grace a le renouvellement d'une recherche expirée en cours
      Quand l'exploitant lance "cache cleanup"
      Alors la purge a supprimé 1 recherche et 0 score
      Et le cache contient ces entrées
        | cache      | entrée    | expiration     | réutilisations |
        | recherches | refreshed | dans 24 heures | 0              |
      Et rien d'autre n'a changé

    Scénario: une entrée purgée pendant qu'on la redemande
      Étant donné que le service amont va bien
      Et qu'Ada demande les produits de la catégorie 1000
      Et que le cache contient ces entrées
        | cache      | entrée         | expiration     | réutilisations |
        | recherches | catégorie 1000 | il y a 1 heure | 3              |
      Et qu'Ada a une recherche de la catégorie 1000 en cours
      Quand l'exploitant lance "cache cleanup"
      Alors la demande faite par Ada est satisfaite
      Et le cache contient ces entrées
        | cache      | entrée         | expiration     | réutilisations |
        | recherches | catégorie 1000 | dans 24 heures | 0              |
      Et rien d'autre n'a changé
