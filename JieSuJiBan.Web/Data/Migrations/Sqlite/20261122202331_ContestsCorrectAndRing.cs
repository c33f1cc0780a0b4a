using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace JieSuJiBan.Web.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class ContestsCorrectAndRing : Migration
    {
        /// <summary>
        /// What was written down before: who was erased, which files changed after they were stored, when a contest that still waits
        /// reminds. Decisions of before correct nothing, as they said then.
        /// </summary>
        public const string FromTheLogs =
            """
            UPDATE "Cases" SET "IsErased" = 1 WHERE "Id" IN (SELECT "Stream" FROM "Log" WHERE "Type" = 'case.petitioner-erased');
            UPDATE "Cases" SET "HasChangedSinceStored" = 1 WHERE "StoredFile" IS NOT NULL AND EXISTS (SELECT 1 FROM "Log"
                WHERE "Stream" = "Cases"."Id" AND "Type" IN ('case.contested', 'case.contest-decided', 'case.contest-withdrawn', 'case.called-back', 'case.callback-missed')
                    AND "Sequence" > (SELECT MAX(stored."Sequence") FROM "Log" AS stored WHERE stored."Stream" = "Cases"."Id" AND stored."Type" = 'case.file-stored'));
            UPDATE "CaseContests" SET "RemindAt" = "DueAt" - ("DueAt" - COALESCE(
                (SELECT "At" FROM "Log" WHERE "Stream" = "CaseContests"."CaseId" AND "Type" = 'case.contest-examined' AND json_extract("Body", '$.no') = "CaseContests"."No"), "FiledAt")) / 4
            WHERE "State" IN ('Filed', 'Examined');
            UPDATE "Cases" SET "ClockAt" = (SELECT MIN("RemindAt", COALESCE("ClockAt", "RemindAt")) FROM "CaseContests" WHERE "CaseId" = "Cases"."Id" AND "RemindAt" IS NOT NULL)
            WHERE "Id" IN (SELECT "CaseId" FROM "CaseContests" WHERE "RemindAt" IS NOT NULL);
            """;

        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "HasChangedSinceStored",
                table: "Cases",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "IsErased",
                table: "Cases",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "Correction",
                table: "CaseContests",
                type: "TEXT",
                maxLength: 40,
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "LapsedAt",
                table: "CaseContests",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "RemindAt",
                table: "CaseContests",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.Sql(FromTheLogs);

            // No place counts what was reported there any more: counted anew when the portal starts.
            migrationBuilder.Sql("""DELETE FROM "Tallies"; DELETE FROM "FigureChanges";""");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_HasChangedSinceStored",
                table: "Cases",
                column: "HasChangedSinceStored",
                filter: "\"HasChangedSinceStored\" = 1");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Cases_HasChangedSinceStored",
                table: "Cases");

            migrationBuilder.DropColumn(
                name: "HasChangedSinceStored",
                table: "Cases");

            migrationBuilder.DropColumn(
                name: "IsErased",
                table: "Cases");

            migrationBuilder.DropColumn(
                name: "Correction",
                table: "CaseContests");

            migrationBuilder.DropColumn(
                name: "LapsedAt",
                table: "CaseContests");

            migrationBuilder.DropColumn(
                name: "RemindAt",
                table: "CaseContests");
        }
    }
}
