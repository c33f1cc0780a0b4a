using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace JieSuJiBan.Web.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class CallbacksCount : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "CallAt",
                table: "Cases",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "CalledBackAt",
                table: "Cases",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "CallsMissed",
                table: "Cases",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "CheckedBy",
                table: "Cases",
                type: "TEXT",
                nullable: false,
                defaultValue: "[]");

            migrationBuilder.AddColumn<string>(
                name: "CountedUnit",
                table: "Cases",
                type: "TEXT",
                maxLength: 100,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "FinalContacted",
                table: "Cases",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "FirstContacted",
                table: "Cases",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "FirstSatisfaction",
                table: "Cases",
                type: "TEXT",
                maxLength: 40,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "FirstSolved",
                table: "Cases",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "IsCheckedDone",
                table: "Cases",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "IsExcluded",
                table: "Cases",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "IsMarked",
                table: "Cases",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "WhistleCount",
                table: "Cases",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            // What the callbacks found, for whom they count, and how many whistles were blown stands in the logs. There a callback without a
            // channel that says «not contacted» reached nobody, and what it says of the case is nothing.
            migrationBuilder.Sql(
                """
                UPDATE "Cases" SET ("CalledBackAt", "FirstContacted", "FirstSolved", "FirstSatisfaction", "FinalContacted", "CountedUnit") = (
                    SELECT "At", 1, json_extract("Body", '$.solved'), json_extract("Body", '$.satisfaction'), 1, (
                        SELECT json_extract(sent."Body", '$.lead') FROM "Log" AS sent
                        WHERE sent."Stream" = "Cases"."Id" AND sent."Type" = 'case.dispatched' AND sent."Sequence" < "Log"."Sequence" ORDER BY sent."Sequence" DESC LIMIT 1)
                    FROM "Log"
                    WHERE "Stream" = "Cases"."Id" AND "Type" = 'case.called-back' AND json_extract("Body", '$.contacted') = 1 AND json_extract("Body", '$.isReporter') IS NOT 1
                    ORDER BY "Sequence" LIMIT 1)
                WHERE "Id" IN (SELECT "Stream" FROM "Log" WHERE "Type" = 'case.called-back');
                UPDATE "Cases" SET ("Solved", "Satisfaction") = (
                    SELECT json_extract("Body", '$.solved'), json_extract("Body", '$.satisfaction') FROM "Log"
                    WHERE "Stream" = "Cases"."Id" AND ("Type" IN ('case.taken-over', 'case.source-reopened')
                        OR ("Type" = 'case.called-back' AND (json_extract("Body", '$.contacted') = 1 OR json_extract("Body", '$.isReporter') = 1)))
                    ORDER BY "Sequence" DESC LIMIT 1)
                WHERE "Id" IN (SELECT "Stream" FROM "Log" WHERE "Type" = 'case.called-back' AND json_extract("Body", '$.contacted') = 0 AND json_extract("Body", '$.isReporter') IS NOT 1);
                UPDATE "Cases" SET "WhistleCount" = (SELECT COUNT(*) FROM "Log" WHERE "Stream" = "Cases"."Id" AND "Type" = 'case.whistle-sounded')
                WHERE "Id" IN (SELECT "Stream" FROM "Log" WHERE "Type" = 'case.whistle-sounded');
                UPDATE "Cases" SET "CallAt" = (SELECT MAX("At") FROM "Log" WHERE "Stream" = "Cases"."Id" AND "Type" IN ('case.answered', 'case.limit-reached'))
                WHERE "Status" = 'Answered' AND "IsLimitReached" = 1 AND "IsProactive" = 0;
                """);

            migrationBuilder.CreateIndex(
                name: "IX_Cases_CountedUnit_CalledBackAt",
                table: "Cases",
                columns: new[] { "CountedUnit", "CalledBackAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Cases_District_IsMarked_CallAt",
                table: "Cases",
                columns: new[] { "District", "IsMarked", "CallAt" },
                filter: "\"CallAt\" IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Cases_CountedUnit_CalledBackAt",
                table: "Cases");

            migrationBuilder.DropIndex(
                name: "IX_Cases_District_IsMarked_CallAt",
                table: "Cases");

            migrationBuilder.DropColumn(
                name: "CallAt",
                table: "Cases");

            migrationBuilder.DropColumn(
                name: "CalledBackAt",
                table: "Cases");

            migrationBuilder.DropColumn(
                name: "CallsMissed",
                table: "Cases");

            migrationBuilder.DropColumn(
                name: "CheckedBy",
                table: "Cases");

            migrationBuilder.DropColumn(
                name: "CountedUnit",
                table: "Cases");

            migrationBuilder.DropColumn(
                name: "FinalContacted",
                table: "Cases");

            migrationBuilder.DropColumn(
                name: "FirstContacted",
                table: "Cases");

            migrationBuilder.DropColumn(
                name: "FirstSatisfaction",
                table: "Cases");

            migrationBuilder.DropColumn(
                name: "FirstSolved",
                table: "Cases");

            migrationBuilder.DropColumn(
                name: "IsCheckedDone",
                table: "Cases");

            migrationBuilder.DropColumn(
                name: "IsExcluded",
                table: "Cases");

            migrationBuilder.DropColumn(
                name: "IsMarked",
                table: "Cases");

            migrationBuilder.DropColumn(
                name: "WhistleCount",
                table: "Cases");
        }
    }
}
